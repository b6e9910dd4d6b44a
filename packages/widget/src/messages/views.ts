import { viewsEn } from './en.views.js';
import { viewsFr } from './fr.views.js';
import { provideMessages } from './provided.js';

// Both languages, for the page that shows the views without the widget. The panel never imports this.
provideMessages('en', viewsEn);
provideMessages('fr', viewsFr);

export { viewMessages } from './provided.js';
