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

    /// <summary>The owner of an apply, which has to name itself.</summary>
    public static FieldOwner OfApply(ApiRequest request)
    {
        var given = Given(request);
        if (given.Length == 0)
        {
            var errors = new FieldErrors();
            errors.Required(FieldPath.Of("fieldManager"), "is required for apply patch");
            throw StatusException.Invalid(new GroupKind("meta.k8s.io", "PatchOptions"), "", errors);
        }
        return new FieldOwner(given, request.Info.Subresource);
    }

    private static string Given(ApiRequest request)
    {
        if (!request.Query.TryGetValue("fieldManager", out var values) || values.ToString() is not { Length: > 0 } given)
        {
            return "";
        }
        var errors = new FieldErrors();
        var path = FieldPath.Of("fieldManager");
        if (given.Length > FieldOwner.MaxLength)
        {
            errors.TooLong(path, FieldOwner.MaxLength);
        }
        if (given.Any(character => !IsPrintable(character)))
        {
            errors.Invalid(path, given, "should only contain printable characters");
        }
        return errors.Count == 0 ? given : throw StatusException.Invalid(new GroupKind("meta.k8s.io", OptionsOf(request.Info.Verb)), "", errors);
    }

    private static string OptionsOf(string verb) => verb switch
    {
        "create" => "CreateOptions",
        "update" => "UpdateOptions",
        _ => "PatchOptions",
    };

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

    private static bool IsPrintable(char character) => !char.IsControl(character) && (character == ' ' || !char.IsWhiteSpace(character));
}
