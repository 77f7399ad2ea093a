package holdfast.benchmark;

import holdfast.Holdfast;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application with two floors beside its calls, each a constant body of any size with a tag.
 *
 * <p>One is a handler like the slots call's, behind the same filters and rules of security. The
 * other answers in front of all that: as fast as the web server can.
 */
final class MeasuredServer {

    static final String FLOOR = "/external/v1/services/floor/";
    static final String BARE_FLOOR = "/bare-floor/";
    static final String TAG = "W/\"0123456789012345678901\"";

    private static final Map<Integer, byte[]> BODIES = new ConcurrentHashMap<>();

    private MeasuredServer() {}

    public static void main(String[] arguments) {
        SpringApplication.run(new Class<?>[] {Holdfast.class, Floors.class}, arguments);
    }

    private static byte[] body(int bytes) {
        return BODIES.computeIfAbsent(bytes, byte[]::new);
    }

    /** Registered by {@link #main} alone, so without any of the annotations that are looked for. */
    static class Floors {

        @Bean
        InitializingBean floor(
                @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping calls) {
            var path = RequestMappingInfo.paths(FLOOR + "{bytes}").methods(RequestMethod.GET);
            var constant = Constant.class.getDeclaredMethods()[0];
            return () -> calls.registerMapping(path.build(), new Constant(), constant);
        }

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareFloor() {
            return server ->
                    server.addContextCustomizers(
                            context -> context.getParent().getPipeline().addValve(new Bare()));
        }
    }

    static class Constant {

        public ResponseEntity<byte[]> answer(@PathVariable int bytes) {
            return ResponseEntity.ok()
                    .eTag(TAG)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(body(bytes));
        }
    }

    private static final class Bare extends ValveBase {

        @Override
        public void invoke(Request request, Response response)
                throws IOException, jakarta.servlet.ServletException {
            var path = request.getRequestURI();
            if (!path.startsWith(BARE_FLOOR)) {
                getNext().invoke(request, response);
                return;
            }
            response.setHeader("ETag", TAG);
            if (TAG.equals(request.getHeader("If-None-Match"))) {
                response.setStatus(304);
                return;
            }
            var body = body(Integer.parseInt(path.substring(BARE_FLOOR.length())));
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
