import { en } from './en';
import { texts } from './texts';
import { zh } from './zh';

/** The texts of the shared pieces. */
export const uiTexts = texts('ui', zh, en);
export const useUiText = uiTexts.use;
