package holdfast.pages;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.VersionResourceResolver;
import org.webjars.WebJarVersionLocator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Where the pages are joined to Spring MVC and to security. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer {

    private static final String[] PAGES = {"/book/**", "/manage/**"};

    private final Visitors visitors;

    PagesConfiguration(Visitors visitors) {
        this.visitors = visitors;
    }

    /**
     * Anybody may open these; what a page does is decided by the tenant and by ids and links that
     * nobody can guess. The headers that depend on the tenant are set by {@link Visitors}.
     */
    @Bean
    @Order(0)
    SecurityFilterChain pageSecurity(HttpSecurity http) {
        http.securityMatcher("/book/**", "/manage/**", Assets.PATH + "**")
                .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable) // no cookie says who calls: see OwnForms
                .sessionManagement(
                        sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(
                        headers ->
                                headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                                        .contentSecurityPolicy(
                                                policy ->
                                                        policy.policyDirectives(Visitors.STRICTEST))
                                        .referrerPolicy(
                                                policy ->
                                                        policy.policy(ReferrerPolicy.NO_REFERRER)));
        return http.build();
    }

    @Bean
    LocaleResolver localeResolver() {
        return new PageLocale();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new OwnForms()).addPathPatterns(PAGES);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(visitors);
    }

    /** The name of a file has a digest of its content in it, so browsers may keep it for good. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var htmx = Objects.requireNonNull(new WebJarVersionLocator().version("htmx.org"));
        registry.addResourceHandler(Assets.PATH + "**")
                .addResourceLocations(
                        "classpath:/holdfast/pages/assets/",
                        "classpath:/META-INF/resources/webjars/htmx.org/" + htmx + "/dist/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }
}
