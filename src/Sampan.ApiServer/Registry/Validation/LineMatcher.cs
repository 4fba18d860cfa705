namespace Sampan.ApiServer.Registry.Validation;

/// <summary>
/// Finds what two texts share by the longest run of equal lines, then the same before and after it, as Python's difflib does. In texts of
/// 200 lines and more a line that makes up over one percent says nothing and starts no run.
/// </summary>
internal sealed class LineMatcher
{
    private const int Long = 200;

    private readonly IReadOnlyList<string> _old;
    private readonly IReadOnlyList<string> _new;
    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);

    public LineMatcher(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        (_old, _new) = (old, now);
        foreach (var (index, line) in now.Index())
        {
            if (!_places.TryGetValue(line, out var places))
            {
                _places[line] = places = [];
            }
            places.Add(index);
        }
        if (now.Count >= Long)
        {
            var most = (now.Count / 100) + 1;
            foreach (var common in _places.Where(one => one.Value.Count > most).Select(one => one.Key).ToList())
            {
                _places.Remove(common);
            }
        }
    }

    /// <summary>The shared runs in order; neighbours are one.</summary>
    public List<Run> Runs()
    {
        var found = new List<Run>();
        Find(0, _old.Count, 0, _new.Count, found);
        var runs = new List<Run>();
        foreach (var run in found)
        {
            if (runs is [.., var last] && last.OldEnd == run.Old && last.NewEnd == run.New)
            {
                runs[^1] = last with { Count = last.Count + run.Count };
            }
            else
            {
                runs.Add(run);
            }
        }
        return runs;
    }

    private void Find(int oldFrom, int oldTo, int newFrom, int newTo, List<Run> found)
    {
        for (var run = Longest(oldFrom, oldTo, newFrom, newTo); run.Count > 0; run = Longest(oldFrom, oldTo, newFrom, newTo))
        {
            Find(oldFrom, run.Old, newFrom, run.New, found);
            found.Add(run);
            (oldFrom, newFrom) = (run.OldEnd, run.NewEnd);
        }
    }

    private Run Longest(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        var best = new Run(oldFrom, newFrom, 0);
        // How long the run is that ends at each line of the new text.
        var ends = new Dictionary<int, int>();
        for (var i = oldFrom; i < oldTo; i++)
        {
            var next = new Dictionary<int, int>();
            foreach (var j in _places.GetValueOrDefault(_old[i]) ?? [])
            {
                if (j < newFrom || j >= newTo)
                {
                    continue;
                }
                var count = next[j] = ends.GetValueOrDefault(j - 1) + 1;
                if (count > best.Count)
                {
                    best = new Run(i - count + 1, j - count + 1, count);
                }
            }
            ends = next;
        }
        return Grown(best, oldFrom, oldTo, newFrom, newTo);
    }

    /// <summary>Takes in equal lines on both sides, also those that start no run.</summary>
    private Run Grown(Run run, int oldFrom, int oldTo, int newFrom, int newTo)
    {
        while (run.Old > oldFrom && run.New > newFrom && _old[run.Old - 1] == _new[run.New - 1])
        {
            run = new Run(run.Old - 1, run.New - 1, run.Count + 1);
        }
        while (run.OldEnd < oldTo && run.NewEnd < newTo && _old[run.OldEnd] == _new[run.NewEnd])
        {
            run = run with { Count = run.Count + 1 };
        }
        return run;
    }

    /// <summary>Equal lines: where they begin in both texts, and how many they are.</summary>
    public readonly record struct Run(int Old, int New, int Count)
    {
        public int OldEnd => Old + Count;

        public int NewEnd => New + Count;
    }
}
