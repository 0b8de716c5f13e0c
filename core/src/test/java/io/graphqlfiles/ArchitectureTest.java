package io.graphqlfiles;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import java.io.Closeable;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the compiler does not know of the design. */
class ArchitectureTest {

    private static final JavaClasses CORE =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("io.graphqlfiles");

    /** What others are written against: values and contracts. */
    private static final String[] CONTRACTS = {
        "io.graphqlfiles", "io.graphqlfiles.server", "io.graphqlfiles.maintenance", "io.graphqlfiles.spi..",
    };

    /** What knows nothing of fields, stores and GraphQL. */
    private static final String[] LEAVES = {
        "io.graphqlfiles.internal.buffer",
        "io.graphqlfiles.internal.copyurl",
        "io.graphqlfiles.internal.header",
        "io.graphqlfiles.internal.io",
        "io.graphqlfiles.internal.json",
        "io.graphqlfiles.internal.mime",
        "io.graphqlfiles.internal.token",
    };

    private static final SliceAssignment BY_PACKAGE = new SliceAssignment() {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    /** Kotlin and NullAway read it there; javac loses what is inside of type arguments in compact constructors. */
    @Test
    void recordConstructors_sayWhatMayBeNull() {
        List<String> lost = CORE.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isRecord())
                .map(JavaClass::reflect)
                .filter(type -> !Arrays.equals(componentTypes(type), parameterTypes(type)))
                .map(Class::getName)
                .toList();

        assertThat(lost).isEmpty();
    }

    private static AnnotatedType[] componentTypes(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getAnnotatedType)
                .toArray(AnnotatedType[]::new);
    }

    private static AnnotatedType[] parameterTypes(Class<?> type) {
        Class<?>[] parameters = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters).getAnnotatedParameterTypes();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type + " has no canonical constructor", e);
        }
    }

    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyTheFacade_usesAllPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.graphqlfiles.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.graphqlfiles.engine")
                .check(CORE);
    }

    @Test
    void publicPackages_useNoneThatDoesTheWork() {
        noClasses()
                .that()
                .resideInAnyPackage(CONTRACTS)
                .should()
                .dependOnClassesThat(resideInAPackage("io.graphqlfiles..")
                        .and(not(resideInAnyPackage(CONTRACTS)))
                        .and(not(resideInAnyPackage(LEAVES)))
                        .and(not(resideInAPackage("io.graphqlfiles.internal.value"))))
                .check(CORE);
    }

    @Test
    void leaves_knowNothingOfFiles() {
        noClasses()
                .that()
                .resideInAnyPackage(LEAVES)
                .should()
                .dependOnClassesThat(resideInAPackage("io.graphqlfiles..").and(not(resideInAnyPackage(LEAVES))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("graphql..")
                .check(CORE);
    }

    @Test
    void spi_standsForItself() {
        noClasses()
                .that()
                .resideInAPackage("io.graphqlfiles.spi..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.graphqlfiles..").and(not(resideInAPackage("io.graphqlfiles.spi.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("graphql..")
                .check(CORE);
    }

    @Test
    void packages_holdNoMoreThanOneCanKnow() {
        Map<String, Long> sizes = topLevel().collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(sizes).allSatisfy((name, types) -> assertThat(types).isLessThanOrEqualTo(40));
    }

    @Test
    void publicTypes_areFew() {
        assertThat(topLevel()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getPackageName().startsWith("io.graphqlfiles.internal")))
                .as("each is a promise, listed in ADR 50")
                .hasSizeLessThanOrEqualTo(92);
    }

    private static Stream<JavaClass> topLevel() {
        return CORE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    @Test
    void core_knowsNoServerAndNoVendor() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "javax.servlet..",
                        "org.springframework..",
                        "software.amazon..",
                        "com.google..",
                        "com.netflix..",
                        "reactor..",
                        "com.fasterxml.jackson.databind..",
                        "java.net.http..",
                        "java.sql..")
                .check(CORE);
    }

    @Test
    void time_comesFromTheClockOfTheBuilder() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CORE);
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Builder")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(CORE);
    }

    /** Until JDK 24 a monitor holds the carrier of a virtual thread that blocks: whoever does I/O has a lock. */
    @Test
    void monitors_areNotHeldOverIO() {
        noMethods()
                .that()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .should(doIO())
                .check(CORE);
    }

    private static ArchCondition<JavaMethod> doIO() {
        return new ArchCondition<>("do I/O") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaCall<?> call : method.getCallsFromSelf()) {
                    JavaClass target = call.getTargetOwner();
                    boolean isIO = target.isAssignableTo(Closeable.class)
                            || target.isAssignableTo(BlobStore.class)
                            || target.isAssignableTo(AttachmentStore.class)
                            || target.getPackageName().startsWith("org.apache.hc.")
                            || target.getPackageName().startsWith("java.nio.file");
                    events.add(new SimpleConditionEvent(call, isIO, call.getDescription()));
                }
            }
        };
    }

    @Test
    void case_isChangedWithALocale() {
        noClasses()
                .should()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .check(CORE);
    }

    @Test
    void packages_areNullMarked() {
        List<String> unmarked = new ArrayList<>();
        List<JavaPackage> packages =
                new ArrayList<>(CORE.getPackage("io.graphqlfiles").getSubpackagesInTree());
        packages.add(CORE.getPackage("io.graphqlfiles"));
        for (JavaPackage each : packages) {
            if (!each.getClasses().isEmpty() && !each.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(each.getName());
            }
        }

        assertThat(unmarked).isEmpty();
    }
}
