"""The compiled loops. numba is imported in this package and nowhere else, and only to compile.

Arrays in, arrays out: no text, no settings, no decision lives here. Every kernel releases the GIL, so threads run over
batches of articles; each has an obvious twin in ``tests/naive*.py`` and hypothesis holds the two equal. Signatures are
explicit, so there is exactly one machine version of each, compiled at first use and kept on disk.

``door``     how kernels are declared, and called from Python
``parts``    what kernels are made of: functions without a door for Python
``machine_code`` compiled kernels on disk, and loaded
``compiling`` the first use: who compiles when
``object_code`` what numba makes of a module of kernels
``sets``     phrases of words, tables of hashes and their sieves
``memory``   unaligned loads and stores, the 128-bit product
``text``     UTF-8 -> folded tokens; tokens -> hashed shingles and MinHash signature
``overlap``  band keys, candidate pairs, sorting, exact overlap of shingle sets
``hashing``  hashes of tokens and of runs of tokens
``marks``    tokens under marks
``phrases``  known phrases in a text's tokens
``scan``     the same, text by text, over a batch
``titles``   where a text repeats its title
``signs``    whether a text has a sign with which markup begins
``repeats``  hashes of lines, edges and heads, by which repetition is known
``firsts``   which phrases of a text are new at each place, how often they occur, which of them are of use
``rarity``   fingerprints, sets of phrases, overlap by rarity
``slots``    the same surroundings, another word
``numbers``  numbers in equal surroundings and in others
``numerals`` numbers of several tokens, as one word
``openings`` words that two texts share, and how many of them stand at the head of either
``headlines`` which words of a headline another text has, in whatever form
``utf8``     whether bytes are UTF-8, one JSON object a line
``passages`` seeds that two texts share, and their clusters
``boxes``    stretches of two texts around a cluster
``alignment`` which of these are passages
``own``      words of a text that its story has nowhere else
"""
