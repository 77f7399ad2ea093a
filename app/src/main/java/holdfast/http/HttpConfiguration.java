package holdfast.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import holdfast.catalogue.RefusalProblems;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ExceptionHandlerExceptionResolver;

import tools.jackson.databind.MapperFeature;

import java.util.List;

/** Where the plumbing is joined to Spring MVC. */
@Configuration
@EnableConfigurationProperties(HttpSettings.class)
class HttpConfiguration implements WebMvcConfigurer {

    private final CallContext context;
    private final ObjectProvider<RefusalProblems> modules;

    HttpConfiguration(CallContext context, ObjectProvider<RefusalProblems> modules) {
        this.context = context;
        this.modules = modules;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new StrictBodies());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(context);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(context);
    }

    /** Query parameters have ISO 8601 dates in every language. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        var dates = new DateTimeFormatterRegistrar();
        dates.setUseIsoFormat(true);
        dates.registerFormatters(registry);
    }

    /** Right after the modules' advices, and before Spring answers in its own way. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        int advices = 0;
        while (!(resolvers.get(advices) instanceof ExceptionHandlerExceptionResolver)) {
            advices++;
        }
        resolvers.add(advices + 1, new ProblemAnswers(modules.stream().toList()));
    }

    /** Members in the order the records declare them; what is absent is left out. */
    @Bean
    JsonMapperBuilderCustomizer membersAsDeclared() {
        return builder ->
                builder.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                        .changeDefaultPropertyInclusion(
                                usual ->
                                        usual.withValueInclusion(JsonInclude.Include.NON_NULL)
                                                .withContentInclusion(
                                                        JsonInclude.Include.NON_NULL));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> impatience(HttpSettings settings) {
        return server -> {
            server.setProtocol(ImpatientHttp.class.getName());
            server.addProtocolHandlerCustomizers(
                    (ImpatientHttp http) -> http.setPatience(settings.headPatience()));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTheServer() {
        return server ->
                server.addContextCustomizers(
                        context ->
                                context.getParent().getPipeline().addValve(new ServerProblems()));
    }
}
