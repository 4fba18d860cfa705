using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Jobs;

/// <summary>Completion indexes as text: <c>0-2,5,7-8</c>.</summary>
internal static class JobIndexes
{
    public const string Annotation = "batch.kubernetes.io/job-completion-index";

    public static int? Of(Pod pod) =>
        pod.Metadata.Annotations?.GetValueOrDefault(Annotation) is { } text && int.TryParse(text, out var index) && index >= 0 ? index : null;

    /// <summary>Indexes from <paramref name="count"/> on are left out: a Job may have been made smaller.</summary>
    public static IEnumerable<int> Parse(string? text, int count)
    {
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (!int.TryParse(ends[0], out var first) || !int.TryParse(ends[^1], out var last)) continue;
            for (var i = first; i <= last && i < count; i++) yield return i;
        }
    }

    public static string? Format(SortedSet<int> indexes)
    {
        var parts = new List<string>();
        int? first = null;
        var last = 0;
        foreach (var index in indexes)
        {
            if (first is { } start && index != last + 1)
            {
                parts.Add(Range(start, last));
                first = null;
            }

            first ??= index;
            last = index;
        }

        if (first is { } open) parts.Add(Range(open, last));
        return parts.Count > 0 ? string.Join(',', parts) : null;
    }

    /// <summary>Two neighbours are listed, three or more become a range.</summary>
    private static string Range(int first, int last) =>
        first == last ? $"{first}" : last == first + 1 ? $"{first},{last}" : $"{first}-{last}";
}
