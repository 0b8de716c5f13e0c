package io.graphqlfiles.persistence.jpa;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;

/**
 * Found by Hibernate as a service: attributes of type {@link io.graphqlfiles.StoredFile} are kept as text, or with
 * {@code @JdbcTypeCode(SqlTypes.JSON)} as JSON, without another annotation.
 */
public final class HibernateTypes implements TypeContributor {

    /** Called by Hibernate. */
    public HibernateTypes() {}

    @Override
    public void contribute(TypeContributions contributions, ServiceRegistry services) {
        contributions.contributeJavaType(new StoredFileJavaType());
    }
}
