using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http;

/// <summary>
/// The Warning headers of an answer, each text once. When they become too many all are cut short, and what comes after that is left out.
/// Upstream: k8s.io/apiserver/pkg/endpoints/filters/warning.go.
/// </summary>
internal sealed class WarningHeaders(HttpResponse response)
{
    /// <summary>More than these of one object would not be told.</summary>
    public const int MaxOfObject = 1000;

    private const int MaxTotal = 4 * 1024;
    private const int MaxEachWhenCut = 256;

    private readonly HashSet<string> _seen = [];
    private readonly List<string> _texts = [];
    private int _written;
    private bool _isCut;

    public void Add(string text)
    {
        if (response.HasStarted || text.Length == 0 || (_isCut && _written >= MaxTotal) || !_seen.Add(text))
        {
            return;
        }
        _texts.Add(text);
        if (_isCut || _written + text.Length <= MaxTotal)
        {
            Write(text);
            return;
        }
        (_isCut, _written) = (true, 0);
        response.Headers.Remove("Warning");
        _texts.ForEach(Write);
    }

    private void Write(string text)
    {
        var told = _isCut && text.Length > MaxEachWhenCut ? text[..MaxEachWhenCut] : text;
        _written += told.Length;
        response.Headers.Append("Warning", $"299 - \"{Escape(told)}\"");
    }

    private static string Escape(string text)
    {
        var plain = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] is < ' ' or > '~' ? ' ' : source[i];
            }
        });
        return plain.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}
