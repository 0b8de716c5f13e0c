p='core/src/test/java/io/graphqlfiles/ArchitectureTest.java'; s=open(p).read()
a=s.index('    @Test\n    void packages_haveNoCycles()'); b=s.index('    @Test\n    void core_knowsNoServerAndNoVendor()')
s=s[:a]+'''    /** What others are written against: values and contracts. */
    private static final String[] CONTRACTS = {
        "io.graphqlfiles",
        "io.graphqlfiles.server",
        "io.graphqlfiles.maintenance",
        "io.graphqlfiles.spi..",
    };

    /** What knows nothing of fields, stores and GraphQL. */
    private static final String[] LEAVES = {
        "io.graphqlfiles.internal.copyurl",
        "io.graphqlfiles.internal.header",
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

    @Test
    void packages_haveNoCycles() {
        slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(CORE);
    }

    @Test
    void onlyTheFacade_knowsAllRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.graphqlfiles.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.graphqlfiles.engine")
                .check(CORE);
    }

    @Test
    void contracts_knowNoRoomThatWorks() {
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
                .dependOnClassesThat(resideInAPackage("io.graphqlfiles..")
                        .and(not(resideInAPackage("io.graphqlfiles.spi.."))))
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
                        .filter(type -> !type.getPackageName().startsWith("io.graphqlfiles.internal"))
                        .filter(type -> !type.getSimpleName().equals("package-info")))
                .as("each is a promise: ADR 50 lists them")
                .hasSizeLessThanOrEqualTo(74);
    }

    private static Stream<JavaClass> topLevel() {
        return CORE.stream().filter(JavaClass::isTopLevelClass);
    }

'''+s[b:]
s=s.replace('import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;','''import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;''')
s=s.replace('import static org.assertj.core.api.Assertions.assertThat;','''import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;''')
s=s.replace('import com.tngtech.archunit.core.domain.JavaClasses;','''import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;''')
s=s.replace('import com.tngtech.archunit.core.importer.ImportOption;','''import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;''')
s=s.replace('import java.util.List;\n','import java.util.List;\nimport java.util.Map;\nimport java.util.stream.Stream;\n')
open(p,'w').write(s)
