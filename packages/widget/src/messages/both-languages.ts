import { viewsEn } from './en.views.js';
import { viewsFr } from './fr.views.js';
import { provideViewMessages } from './views.js';

// The build of the widget leaves this file out: its panel loads one language.
provideViewMessages('en', viewsEn);
provideViewMessages('fr', viewsFr);
