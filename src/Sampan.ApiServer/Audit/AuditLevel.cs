namespace Sampan.ApiServer.Audit;

/// <summary>How much is recorded of a request.</summary>
internal enum AuditLevel
{
    None,
    Metadata,
    Request,
    RequestResponse,
}
