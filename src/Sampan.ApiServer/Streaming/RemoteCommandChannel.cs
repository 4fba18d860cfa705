namespace Sampan.ApiServer.Streaming;

/// <summary>The first byte of each WebSocket message of a remote command says what it belongs to.</summary>
internal enum RemoteCommandChannel : byte
{
    Stdin = 0,
    Stdout = 1,
    Stderr = 2,
    Error = 3,
    Resize = 4,

    /// <summary>Since v5: the next byte names a channel that the client has closed.</summary>
    Close = 255,
}
