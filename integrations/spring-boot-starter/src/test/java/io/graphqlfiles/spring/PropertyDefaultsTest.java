package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A group of settings of which none is set has the defaults that IDEs show. */
class PropertyDefaultsTest {

    private final Binder binder = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void groups_haveTheDefaultsOfTheirAnnotations() throws ReflectiveOperationException {
        List<RecordComponent> groups = Arrays.stream(GraphQLFilesProperties.class.getRecordComponents())
                .filter(component -> component.getType().isRecord())
                .toList();

        assertThat(groups).hasSize(15);
        for (RecordComponent group : groups) {
            Field defaults = group.getType().getDeclaredField("DEFAULTS");
            defaults.setAccessible(true);
            assertThat(defaults.get(null))
                    .as(group.getName())
                    .isEqualTo(binder.bindOrCreate(
                            "graphql.files." + group.getName().toLowerCase(Locale.ROOT), group.getType()));
        }
    }

    @Test
    void groupsOfWhichNothingIsSet_areNotNull() {
        GraphQLFilesProperties properties = binder.bindOrCreate("graphql.files", GraphQLFilesProperties.class);

        assertThat(properties)
                .hasNoNullFieldsOrPropertiesExcept(
                        "store",
                        "baseUrl",
                        "doctor",
                        "makeVariants",
                        "relocate",
                        "migrateFrom",
                        "mirrorTo",
                        "reconcile");
    }
}
