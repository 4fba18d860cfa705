using System.Text;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>
/// Shows what a refused update would have changed: the lines of both values' JSON as a unified diff with three lines around each change.
/// Upstream: k8s.io/apimachinery/pkg/util/diff.
/// </summary>
internal static class GoDiff
{
    private const int Context = 3;

    /// <summary>Of longer texts only the first and the last change are sought; all between them counts as one.</summary>
    private const int MaxLines = 4000;

    public static string Of(object? old, object? now) => OfLines(Lines(old), Lines(now));

    /// <summary>The unified diff of two texts whose lines end with a line feed.</summary>
    internal static string OfLines(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        var text = new StringBuilder();
        foreach (var hunk in Hunks(Changes(old, now), old.Count, now.Count))
        {
            Write(text, hunk, old, now);
        }
        return text.ToString();
    }

    private static string[] Lines(object? value) => [.. GoJson.Indented(value).Split('\n').Select(line => line + "\n")];

    /// <summary>The stretches between the shared runs.</summary>
    private static List<Change> Changes(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        if (old.Count + now.Count > 2 * MaxLines)
        {
            return Coarse(old, now);
        }
        var changes = new List<Change>();
        var (oldFrom, newFrom) = (0, 0);
        foreach (var run in new LineMatcher(old, now).Runs().Append(new LineMatcher.Run(old.Count, now.Count, 0)))
        {
            if (run.Old > oldFrom || run.New > newFrom)
            {
                changes.Add(new Change(oldFrom, run.Old, newFrom, run.New));
            }
            (oldFrom, newFrom) = (run.OldEnd, run.NewEnd);
        }
        return changes;
    }

    private static List<Change> Coarse(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        var (from, oldTo, newTo) = (0, old.Count, now.Count);
        while (from < oldTo && from < newTo && old[from] == now[from])
        {
            from++;
        }
        while (oldTo > from && newTo > from && old[oldTo - 1] == now[newTo - 1])
        {
            (oldTo, newTo) = (oldTo - 1, newTo - 1);
        }
        return oldTo > from || newTo > from ? [new Change(from, oldTo, from, newTo)] : [];
    }

    /// <summary>Changes whose surroundings touch are shown together.</summary>
    private static IEnumerable<Hunk> Hunks(List<Change> changes, int oldCount, int newCount)
    {
        var group = new List<Change>();
        foreach (var change in changes)
        {
            if (group is [.., var last] && change.OldFrom - last.OldTo > 2 * Context)
            {
                yield return new Hunk(group, oldCount, newCount);
                group = [];
            }
            group.Add(change);
        }
        if (group.Count > 0)
        {
            yield return new Hunk(group, oldCount, newCount);
        }
    }

    private static void Write(StringBuilder text, Hunk hunk, IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        text.Append("@@ -").Append(Range(hunk.OldFrom, hunk.OldTo)).Append(" +").Append(Range(hunk.NewFrom, hunk.NewTo)).Append(" @@\n");
        var at = hunk.OldFrom;
        foreach (var change in hunk.Changes)
        {
            Lines(' ', old, at, change.OldFrom);
            Lines('-', old, change.OldFrom, change.OldTo);
            Lines('+', now, change.NewFrom, change.NewTo);
            at = change.OldTo;
        }
        Lines(' ', old, at, hunk.OldTo);

        void Lines(char mark, IReadOnlyList<string> lines, int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                text.Append(mark).Append(lines[i]);
            }
        }
    }

    /// <summary>Lines are counted from one; an empty range names the line before it.</summary>
    private static string Range(int from, int to) => (to - from) switch
    {
        1 => $"{from + 1}",
        0 => $"{from},0",
        var count => $"{from + 1},{count}",
    };

    private readonly record struct Change(int OldFrom, int OldTo, int NewFrom, int NewTo);

    private sealed record Hunk(List<Change> Changes, int OldCount, int NewCount)
    {
        private int Before => Math.Min(Context, Math.Min(Changes[0].OldFrom, Changes[0].NewFrom));

        private int After => Math.Min(Context, Math.Min(OldCount - Changes[^1].OldTo, NewCount - Changes[^1].NewTo));

        public int OldFrom => Changes[0].OldFrom - Before;

        public int OldTo => Changes[^1].OldTo + After;

        public int NewFrom => Changes[0].NewFrom - Before;

        public int NewTo => Changes[^1].NewTo + After;
    }
}
