package holdfast.pages;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** The addresses of style sheets and scripts, which change with what is in them. */
@Component
class Assets {

    static final String PATH = "/assets/";

    private final ResourceUrlProvider addresses;

    Assets(ResourceUrlProvider addresses) {
        this.addresses = addresses;
    }

    /**
     * The address of a file as it is now.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public String url(String file) {
        var address = addresses.getForLookupPath(PATH + file);
        if (address == null) {
            throw new IllegalArgumentException("No such asset: " + file);
        }
        return address;
    }
}
