package io.graphqlfiles.example;

import io.graphqlfiles.pictures.PictureAnalyzer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pictures of the catalogue have something to show while they load. */
@Configuration(proxyBeanMethods = false)
class Pictures {

    @Bean
    PictureAnalyzer pictureAnalyzer() {
        return PictureAnalyzer.newPictureAnalyzer().placeholders(true).build();
    }
}
