package holdfast.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.ModelAndView;

/** A controller whose answers people read: it shows a problem as a page of its own. */
public interface ShowsProblems {

    /** Says what went wrong, with the problem's status; title and detail as they come. */
    ModelAndView show(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response);
}
