using Sampan.Api;

namespace Sampan.ApiServer.Authentication;

/// <summary>Lists as Go prints them.</summary>
internal static class GoList
{
    /// <summary><c>["a" "b"]</c>, as <c>%q</c> prints a list of texts.</summary>
    public static string Quote(IEnumerable<string> texts) => $"[{string.Join(' ', texts.Select(GoText.Quote))}]";
}
