namespace Sampan.ApiServer.Audit;

/// <summary>Takes audit events: whole JSON documents.</summary>
internal interface IAuditSink : IDisposable
{
    void Write(ReadOnlySpan<byte> json);

    /// <summary>Hands on what is still kept back; what is written later may be lost.</summary>
    Task StopAsync() => Task.CompletedTask;
}
