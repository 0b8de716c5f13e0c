package io.graphqlfiles.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;

/**
 * Who Spring Security says is signed in, in this thread. For messages on a WebSocket whose connection was opened by
 * nobody, and authenticated by its first message.
 */
final class SignedInUser {

    private static final boolean PRESENT = ClassUtils.isPresent(
            "org.springframework.security.core.context.SecurityContextHolder", SignedInUser.class.getClassLoader());

    private SignedInUser() {}

    /** Null if nobody is, or there is no Spring Security. */
    static @Nullable String name() {
        return PRESENT ? OfSpringSecurity.name() : null;
    }

    /** A class of its own, for those without Spring Security. */
    private static final class OfSpringSecurity {

        static @Nullable String name() {
            Authentication user = SecurityContextHolder.getContext().getAuthentication();
            boolean isSomebody =
                    user != null && user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken);
            return isSomebody ? user.getName() : null;
        }
    }
}
