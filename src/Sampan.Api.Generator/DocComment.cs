using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Sampan.Api.Generator;

/// <summary>Takes a symbol's summary from the source text, whether or not documentation is compiled.</summary>
internal static class DocComment
{
    private static readonly Regex Tags = new("<see cref=\"(?:[^\"]*\\.)?([^\"]+)\"/>|<[^>]+>");

    public static string? Summary(ISymbol symbol)
    {
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences)
        {
            string leading = reference.GetSyntax().GetLeadingTrivia().ToFullString();
            string[] lines = [.. leading.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("///", StringComparison.Ordinal)).Select(l => l.Substring(3).Trim())];
            string text = string.Join(" ", lines);
            int start = text.IndexOf("<summary>", StringComparison.Ordinal);
            int end = text.IndexOf("</summary>", StringComparison.Ordinal);
            if (start >= 0 && end > start)
            {
                return Tags.Replace(text.Substring(start, end - start), "$1").Trim();
            }
        }

        return null;
    }
}
