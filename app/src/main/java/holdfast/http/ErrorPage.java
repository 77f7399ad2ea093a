package holdfast.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import java.io.IOException;
import java.net.URI;

/** Where the server sends what a filter refused or what failed outside the dispatcher. */
@Controller
class ErrorPage implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var problem = ProblemAnswers.ofStatus(status instanceof Integer code ? code : 404);
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) {
            problem.setInstance(URI.create(path));
        }
        Hardening.harden(response); // what is refused before the security filters has none of it
        Problems.send(problem, request, response);
    }
}
