import type { Language } from '../language.js';
import { viewsEn } from './en.views.js';
import { viewsFr } from './fr.views.js';
import { notEnrolled } from './not-enrolled.js';
import { provideMessages } from './provided.js';
import type { ViewMessages } from './view-messages.js';

const whole = (texts: ViewMessages, language: Language): ViewMessages => ({
  ...texts,
  results: { ...texts.results, not_enrolled: notEnrolled[language] },
});

// Both languages, for the page that shows the views without the widget. The panel never imports this.
provideMessages('en', whole(viewsEn, 'en'));
provideMessages('fr', whole(viewsFr, 'fr'));

export { viewMessages } from './provided.js';
