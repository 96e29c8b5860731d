"""How much one person may ask of the machine. A person who asks for more reads a sentence that names the limit.

What a kernel, a network or a pipeline may be stands beside the arithmetic: `convviz.pipeline.limits`,
`convviz.nets.limits` and `convviz.ops.receptive.notation`.
"""

# Photos. They are decoded away from the server's process: see `convviz.photos.decoding`.
UPLOAD_MB, UPLOAD_MB_SERVED = 100, 25  # on one's own machine, and when the app serves others
LARGEST_UPLOAD = UPLOAD_MB * 1_000_000  # bytes
LARGEST_PHOTO = 50_000_000  # pixels, by the header, before any is decoded
LARGER_IN_MEMORY = {"WEBP": 16_000_000, "AVIF": 24_000_000}  # pixels; their decoders take more
WORKING_SIZE = 512  # pixels on the longer side, which every photo is scaled down to
SMALLEST_SIDE = 8  # pixels left on the shorter side after scaling
# Of a JPEG; cameras and web sites write up to 20, and each costs as much as all pixels.
MOST_SCANS = 64
MOST_HELD = 108_000_000  # numbers of 2 bytes that a JPEG of several scans keeps until its last
MOST_OWN = 12  # photos of a person's own at a time
DECODED_AT_ONCE = 2  # photos, by all people together
DECODING_SECONDS, COMPUTING_SECONDS = 30, 10  # for one photo, by the clock and of a processor
DECODERS_BYTES = 1_000_000_000  # of memory for all decoders together
OWN_BYTES = 50_000_000  # of memory for a decoder itself
DECODING_BYTES = DECODERS_BYTES // DECODED_AT_ONCE - OWN_BYTES  # of memory for one photo besides

# Links and scene files.
# Of any number that a person gives: products of four of them still fit float32.
LARGEST_NUMBER = 1e9
LONGEST_NUMBER = 25  # characters; a float written in full has at most 24
LONGEST_VALUE = 10_000  # characters of one setting in a link
MOST_IN_LINK = 6000  # characters of all numbers that a view shows
LONG_LINK = 2000  # characters, above which some programs cut a link off
LONGEST_WORD = 400  # characters filled into a sentence: as long as the list of all filters
LARGEST_SCENE = 12_000_000  # bytes of a scene file

# Animations and trainings.
MOST_FRAMES = 300  # of a GIF
MOST_ITERATIONS = 5000  # of a training on the page
TRAININGS_WAITING = 40  # by all people together; half of the processors train at a time
PATIENCE = 1800.0  # seconds after which a training ends whose person has gone
