using Sampan.ApiServer.Apply;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Registry;

/// <summary>What strategies and admission know of the request that writes.</summary>
internal sealed record WriteContext
{
    public required UserInfo User { get; init; }

    public required RequestInfo Info { get; init; }

    public required TimeProvider Time { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Who gets the fields that the write changes; null when the write itself says who manages them.</summary>
    public FieldOwner? Owner { get; init; }

    /// <summary>Adds a warning to the answer.</summary>
    public required Action<string> Warn { get; init; }

    /// <summary>Adds an annotation to the request's audit events.</summary>
    public Action<string, string> Annotate { get; init; } = static (_, _) => { };

    /// <summary>Throws unless the user may also do this with another verb.</summary>
    public required Func<string, ValueTask> AuthorizeAsync { get; init; }

    public CancellationToken Cancelled { get; init; }

    public string Namespace => Info.Namespace;

    public string Subresource => Info.Subresource;

    public DateTimeOffset Now => TruncateToSeconds(Time.GetUtcNow());

    private static DateTimeOffset TruncateToSeconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
