namespace Sampan.ApiServer.Audit;

/// <summary>The moments of a request at which something is recorded.</summary>
internal enum AuditStage
{
    RequestReceived,
    ResponseStarted,
    ResponseComplete,
    Panic,
}
