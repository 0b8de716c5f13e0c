package io.graphqlfiles.spring.docs;

import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.attachments.jdbc.JdbcFileQuota;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

@Configuration(proxyBeanMethods = false)
public class QuotaConfiguration {

    // tag::quota
    @Bean
    JdbcFileQuota fileQuota(JdbcAttachmentStore attachments) {
        return JdbcFileQuota.of(
                attachments, QuotaConfiguration::user, user -> new JdbcFileQuota.Amount(5_000_000, 100));
    }

    private static String user() {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        return signedIn == null ? null : signedIn.getName();
    }
    // end::quota
}
