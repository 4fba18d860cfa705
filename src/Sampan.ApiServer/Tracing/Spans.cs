using System.Diagnostics;

namespace Sampan.ApiServer.Tracing;

/// <summary>
/// Makes spans below that of the request under way, by upstream's names where upstream has the step. Where none is traced, that costs
/// one comparison.
/// <code>
/// POST /api/v1/nodes
///   ├─ authentication
///   ├─ authorization
///   └─ Create                    events: limitedReadBody succeeded, Conversion done, …
///        ├─ mutating admission, validating admission
///        ├─ Create etcd3         events: Encode succeeded, Txn call succeeded, …
///        └─ SerializeObject
/// </code>
/// </summary>
internal static class Spans
{
    /// <summary>How the names of servers' sources begin.</summary>
    public const string SourcePrefix = "apiserver-";

    /// <summary>What names the request in each of its spans and in the audit log.</summary>
    public const string AuditId = "audit-id";

    private static Activity? Current =>
        Activity.Current is { IsAllDataRequested: true } span && span.Source.Name.StartsWith(SourcePrefix, StringComparison.Ordinal) ? span : null;

    /// <summary>A step of the request; null when the request is not traced.</summary>
    public static Activity? Start(string step) => Current?.Source.StartActivity(step);

    /// <summary>Something happened in the present step.</summary>
    public static void Event(string name) => Current?.AddEvent(new ActivityEvent(name));

    /// <summary>Something of a length or number happened in the present step.</summary>
    public static void Event(string name, string key, long value) =>
        Current?.AddEvent(new ActivityEvent(name, tags: new ActivityTagsCollection { [key] = value }));
}
