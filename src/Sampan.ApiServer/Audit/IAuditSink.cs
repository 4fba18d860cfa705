namespace Sampan.ApiServer.Audit;

/// <summary>Takes audit events: whole JSON documents.</summary>
internal interface IAuditSink : IDisposable
{
    void Write(ReadOnlySpan<byte> json);
}
