using Sampan.Api;
using Sampan.Api.Meta.V1;
using static Sampan.Api.GoText;

namespace Sampan.ApiServer.Authorization;

/// <summary>The texts in which a refusal reaches the user.</summary>
internal static class ForbiddenTexts
{
    /// <summary>
    /// <c>pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "web"</c>,
    /// with the authorizer's reason after it.
    /// </summary>
    public static StatusException Exception(AuthorizerAttributes attributes, string reason)
    {
        var message = Sanitize(Sentence(attributes));
        return StatusException.Forbidden(
            new GroupResource(attributes.ApiGroup, attributes.Resource), attributes.Name,
            reason.Length == 0 ? message : $"{message}: {reason}");
    }

    private static string Sentence(AuthorizerAttributes attributes)
    {
        var who = $"User {Quote(attributes.User.Name)} cannot {attributes.Verb}";
        if (!attributes.IsResourceRequest)
            return $"{who} path {Quote(attributes.Path)}";
        var what = $"{who} resource {Quote(attributes.CombinedResource)} in API group {Quote(attributes.ApiGroup)}";
        return attributes.Namespace.Length > 0
            ? $"{what} in the namespace {Quote(attributes.Namespace)}"
            : $"{what} at the cluster scope";
    }

    /// <summary>A browser may show the text: what the user sent must not become markup.</summary>
    private static string Sanitize(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
