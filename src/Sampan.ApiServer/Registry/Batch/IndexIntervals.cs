using System.Globalization;
using Sampan.Api;

namespace Sampan.ApiServer.Registry.Batch;

/// <summary>Indexes of a job written as intervals: "1,3-5,7" is five of them.</summary>
internal readonly record struct IndexIntervals(IReadOnlyList<(int First, int Last)> Intervals, string? Error)
{
    public int Total => Error is null ? Intervals.Sum(one => one.Last - one.First + 1) : 0;

    public static IndexIntervals Parse(string text, int completions)
    {
        var intervals = new List<(int First, int Last)>();
        foreach (var part in text.Length == 0 ? [] : text.Split(','))
        {
            var interval = ParseOne(part, completions, out var wrong);
            if (wrong is not null)
            {
                return new([], wrong);
            }
            if (intervals.Count > 0 && intervals[^1].Last >= interval.First)
            {
                return new([], $"non-increasing order, previous: {intervals[^1].Last}, current: {interval.First}");
            }
            intervals.Add(interval);
        }
        return new(intervals, null);
    }

    /// <summary>The first index in both; null when there is none.</summary>
    public int? FirstShared(IndexIntervals other)
    {
        foreach (var (first, last) in Intervals)
        {
            foreach (var (otherFirst, otherLast) in other.Intervals)
            {
                if (first <= otherLast && otherFirst <= last)
                {
                    return Math.Max(first, otherFirst);
                }
            }
        }
        return null;
    }

    private static (int First, int Last) ParseOne(string text, int completions, out string? wrong)
    {
        var ends = text.Split('-');
        if (ends.Length > 2)
        {
            wrong = $"the fragment {GoText.Quote(text)} violates the requirement that an index interval can have at most two parts separated by '-'";
            return default;
        }
        var numbers = new int[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            if (!int.TryParse(ends[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                wrong = $"cannot convert string to integer for index: {GoText.Quote(ends[i])}";
                return default;
            }
            if (numbers[i] >= completions)
            {
                wrong = $"too large index: {GoText.Quote(ends[i])}";
                return default;
            }
        }
        wrong = numbers.Length == 2 && numbers[0] >= numbers[1]
            ? $"non-increasing order, previous: {numbers[0]}, current: {numbers[1]}" : null;
        return (numbers[0], numbers[^1]);
    }
}
