namespace Sampan.ApiServer.Audit;

/// <summary>Several places that all get every event.</summary>
internal sealed class AuditSinks(IReadOnlyList<IAuditSink> sinks) : IAuditSink
{
    public void Write(ReadOnlySpan<byte> json)
    {
        foreach (var sink in sinks)
        {
            sink.Write(json);
        }
    }

    public Task StopAsync() => Task.WhenAll(sinks.Select(sink => sink.StopAsync()));

    public void Dispose()
    {
        foreach (var sink in sinks)
        {
            sink.Dispose();
        }
    }
}
