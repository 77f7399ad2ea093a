package holdfast.pages;

import holdfast.http.ShowsStrayProblems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.ModelAndView;

/** Tells visitors of problems where no page does, in the frame of whose pages they asked for. */
@Component
class StrayVisits extends PageController implements ShowsStrayProblems {

    private final Visitors visitors;

    StrayVisits(Visitors visitors) {
        this.visitors = visitors;
    }

    @Override
    public boolean isOurs(String path) {
        return path.matches("/(book|manage)(/.*)?");
    }

    @Override
    public ModelAndView show(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) {
        try {
            visitors.visitor(request, response);
        } catch (ErrorResponseException nobodysPage) {
            // and so in nobody's frame
        }
        return super.show(problem, request, response);
    }
}
