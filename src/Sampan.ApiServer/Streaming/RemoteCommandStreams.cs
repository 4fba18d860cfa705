namespace Sampan.ApiServer.Streaming;

/// <summary>Which streams an exec or attach asks for.</summary>
internal readonly record struct RemoteCommandStreams(bool Stdin, bool Stdout, bool Stderr, bool Tty);
