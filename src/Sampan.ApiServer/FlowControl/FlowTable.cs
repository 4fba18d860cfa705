using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.FlowControl;

/// <summary>The flow schemas in the order in which they are tried. Immutable.</summary>
internal sealed class FlowTable(Flow[] flows)
{
    /// <summary>The first that matches; the last, which takes everything, otherwise.</summary>
    public Flow Match(UserInfo user, RequestInfo request)
    {
        foreach (var flow in flows)
            if (flow.Matches(user, request))
                return flow;
        return flows[^1];
    }
}
