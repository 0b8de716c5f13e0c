package io.graphqlfiles.spring;

import io.graphqlfiles.pictures.InProcessVariants;
import io.graphqlfiles.pictures.PictureAnalyzer;
import io.graphqlfiles.pictures.PictureStripper;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.MetadataStripper;
import io.graphqlfiles.spi.media.VariantMaker;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reads and makes pictures, where the module for it is on the class path. */
@Configuration(proxyBeanMethods = false)
class PicturesConfiguration {

    @Bean
    @ConditionalOnMissingBean(FileAnalyzer.class)
    PictureAnalyzer graphQLFilesPictureAnalyzer() {
        return PictureAnalyzer.create();
    }

    @Bean
    @ConditionalOnMissingBean(MetadataStripper.class)
    PictureStripper graphQLFilesPictureStripper() {
        return PictureStripper.create();
    }

    @Bean
    @ConditionalOnMissingBean(VariantMaker.class)
    InProcessVariants graphQLFilesVariants() {
        return InProcessVariants.create();
    }
}
