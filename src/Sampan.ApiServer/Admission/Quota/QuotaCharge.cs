using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.Quota;

/// <summary>A quota (shared: read only) and what it has used with the write.</summary>
internal sealed record QuotaCharge(ResourceQuota Quota, Dictionary<string, Quantity> Used);
