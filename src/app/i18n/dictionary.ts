/** English sentence → the sentence in another language. In `en`, only what a key cannot say itself: singulars, as `'{{count}} picks_one'`. */
export type Dictionary = Readonly<Record<string, string>>;
