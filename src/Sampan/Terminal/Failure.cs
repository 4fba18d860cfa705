using Spectre.Console;

namespace Sampan.Terminal;

/// <summary>How an error is told to the person at the terminal: what happened, and what to do.</summary>
internal static class Failure
{
    public static int Show(Exception error) => Show(error.Message);

    public static int Show(string message)
    {
        Screen.Error.MarkupLine($"[red]error:[/] {message.EscapeMarkup()}");
        return 1;
    }
}
