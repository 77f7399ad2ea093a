package holdfast.staff;

import holdfast.http.ShowsProblems;
import holdfast.pages.Page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.ModelAndView;

import java.util.List;
import java.util.Map;

/** What all pages of the staff have in common: how they show a problem. */
abstract class StaffPage implements ShowsProblems {

    private final Colleagues colleagues;

    StaffPage(Colleagues colleagues) {
        this.colleagues = colleagues;
    }

    @Override
    public ModelAndView show(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(problem.getStatus());
        var shown = new ModelAndView("staff/problem");
        shown.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
        shown.addObject("problem", problem);
        shown.addAllObjects(frame(request, response));
        return shown;
    }

    private Map<String, Object> frame(HttpServletRequest request, HttpServletResponse response) {
        try {
            return Colleagues.shown(colleagues.find(request, response));
        } catch (ErrorResponseException noSuchTenant) {
            var page = new Page("Holdfast", null, null, null, "English", List.of());
            return Map.of("page", page, "foot", "Holdfast");
        }
    }
}
