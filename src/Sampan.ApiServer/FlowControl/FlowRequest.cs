using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.FlowControl;

/// <summary>What flow control can tell of a request that waits or is worked on.</summary>
/// <param name="Schema">The flow schema that took it.</param>
/// <param name="Distinguisher">What tells its flow from others of the schema: a user, a namespace or nothing.</param>
/// <param name="User">Whose request it is.</param>
/// <param name="Info">What it asks for.</param>
/// <param name="Arrived">When it came.</param>
internal sealed record FlowRequest(string Schema, string Distinguisher, UserInfo User, RequestInfo Info, DateTimeOffset Arrived);
