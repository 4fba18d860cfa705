using System.Text;
using Sampan.Api;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Apply;

/// <summary>Finds out under which name a request owns the fields that it sets.</summary>
internal static class FieldOwners
{
    private const string NodeUser = "system:node:";
    private const string ControllerUser = "system:serviceaccount:kube-system:";

    /// <summary>The fieldManager parameter; without it the first part of the User-Agent, and in memory the component's name.</summary>
    public static FieldOwner Of(ApiRequest request)
    {
        var given = Given(request);
        if (given.Length == 0)
        {
            var agent = request.Http.Request.Headers.UserAgent.ToString();
            given = agent.Length > 0 ? FirstPart(agent) : ComponentOf(request);
        }
        return new FieldOwner(given, request.Info.Subresource);
    }

    /// <summary>The owner of an apply, which names itself.</summary>
    public static FieldOwner OfApply(ApiRequest request) => new(Given(request), request.Info.Subresource);

    private static string Given(ApiRequest request) => request.Query.Text("fieldManager");

    private static string FirstPart(string agent)
    {
        var part = new StringBuilder();
        foreach (var rune in agent.Split('/')[0].EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            if (part.Length + rune.Utf16SequenceLength > FieldOwner.MaxLength)
            {
                break;
            }
            part.Append(rune.ToString());
        }
        return part.ToString();
    }

    /// <summary>A component of this process by its user: nodes are kubelets, controllers run in the controller manager.</summary>
    private static string ComponentOf(ApiRequest request)
    {
        if (request.Loopback is null)
        {
            return "unknown";
        }
        var user = request.User.Name;
        return user switch
        {
            _ when user.StartsWith(NodeUser, StringComparison.Ordinal) => "kubelet",
            _ when user.StartsWith(ControllerUser, StringComparison.Ordinal) => "kube-controller-manager",
            "system:apiserver" => "kube-apiserver",
            _ => user[(user.LastIndexOf(':') + 1)..],
        };
    }
}
