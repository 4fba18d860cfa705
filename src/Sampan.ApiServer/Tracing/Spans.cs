using System.Diagnostics;

namespace Sampan.ApiServer.Tracing;

/// <summary>Makes spans below that of the request under way. Where none is traced, that costs one comparison.</summary>
internal static class Spans
{
    /// <summary>How the names of servers' sources begin.</summary>
    public const string SourcePrefix = "apiserver-";

    /// <summary>A step of the request; null when the request is not traced.</summary>
    public static Activity? Start(string step) =>
        Activity.Current is { } request && request.Source.Name.StartsWith(SourcePrefix, StringComparison.Ordinal)
            ? request.Source.StartActivity(step)
            : null;
}
