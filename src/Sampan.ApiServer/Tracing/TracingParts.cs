using System.Diagnostics;

namespace Sampan.ApiServer.Tracing;

/// <summary>The traces of one server. Without options nobody listens, nothing is loaded, and a request costs one comparison.</summary>
internal sealed class TracingParts : IDisposable
{
    private readonly ActivitySource _source;
    private readonly IDisposable? _export;

    public TracingParts(TracingOptions? options)
    {
        // A name of its own: servers in one process do not send each other's traces.
        _source = new ActivitySource($"{Spans.SourcePrefix}{Guid.NewGuid():N}");
        Filter = new TracingFilter(_source);
        _export = options is null ? null : OtlpExport.Start(_source.Name, options);
    }

    public TracingFilter Filter { get; }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _export?.Dispose();
        _source.Dispose();
    }
}
