package holdfast.http;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.LanguageTag;

import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;

/** Describes the calls for clients, as OpenAPI 3.1. */
@Configuration
class ApiDescription {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Catalogue.class, LanguageTag.class);
    }
}
