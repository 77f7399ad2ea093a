package holdfast.http;

/**
 * Shows the problems of requests that reached no page of theirs: filters turned them away, or
 * nothing has their address.
 */
public interface ShowsStrayProblems extends ShowsProblems {

    /**
     * Whether such a request would have been for these pages.
     *
     * @param path of the request, as it was sent
     */
    boolean isOurs(String path);
}
