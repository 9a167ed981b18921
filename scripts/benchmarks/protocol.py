"""What every worker shares: one JSON request a line on stdin, one JSON answer a line on stdout.

An answer is {"seconds": ..., "peak_mib": ...} for one iteration; the first request of a kind prepares it and warms up, untimed.
"""

import json
import os
import resource
import sys
import time

WARM_UP = 2


def serve(works):
    """works: by name, functions that take a request's other fields and return what is to be timed."""
    # Answers go where stdout led; what libraries print there goes to stderr.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    current, run = None, None
    for line in sys.stdin:
        request = json.loads(line)
        if request != current:
            run = None
            settings = {key: value for key, value in request.items() if key != "work"}
            current, run = request, works[request["work"]](**settings)
            for _ in range(WARM_UP):
                run()
        start = time.perf_counter()
        run()
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mib": round(peak)}), file=answers, flush=True)
