import { createApp } from 'vue';
import Gallery from './Gallery.vue';

createApp(Gallery).mount('#app');
