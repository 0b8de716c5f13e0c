import { createRoot } from 'react-dom/client';
import { Gallery } from './Gallery.jsx';

createRoot(document.querySelector('#app')).render(<Gallery />);
