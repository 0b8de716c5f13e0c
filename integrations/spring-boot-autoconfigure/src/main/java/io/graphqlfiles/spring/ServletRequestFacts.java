package io.graphqlfiles.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** {@link RequestFacts} of the servlet request that is bound to the thread. */
final class ServletRequestFacts {

    private ServletRequestFacts() {}

    /** Null if there is none. */
    static @Nullable RequestFacts current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        Principal principal = request.getUserPrincipal();
        return new RequestFacts(
                // Forwarded headers count exactly as far as the application has configured Spring or the container to
                // trust
                // them.
                ServletUriComponentsBuilder.fromContextPath(request).build().toUri(),
                principal == null ? null : principal.getName());
    }
}
