"""The portal's neighbours: one class each, turning HTTP into our values and errors."""
