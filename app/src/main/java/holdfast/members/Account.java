package holdfast.members;

/**
 * Who a staff member is: readable, so it lives in commands and answers only, and sealed elsewhere.
 *
 * @param userName what the person signs in with, such as an e-mail address; unique in the tenant,
 *     upper and lower case alike
 */
public record Account(String userName, String displayName) {

    /** Gives nothing away. */
    @Override
    public String toString() {
        return "Account[sealed]";
    }
}
