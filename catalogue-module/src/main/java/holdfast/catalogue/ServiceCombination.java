package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnore;

import java.util.List;
import java.util.stream.Collectors;

/** A set of services that may be booked together at a branch. */
public record ServiceCombination(BranchId branch, List<ServiceId> services) {

    /** Equal for equal sets at one branch, in whichever order the services are named. */
    @JsonIgnore
    public String key() {
        return services.stream()
                .map(ServiceId::text)
                .sorted()
                .collect(Collectors.joining("+", branch.text() + "/", ""));
    }
}
